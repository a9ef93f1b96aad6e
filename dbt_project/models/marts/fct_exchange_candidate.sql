with

coming as (
    select * from {{ ref('int_exchange_coming_decided') }}
),

final as (
    select
        school_year,
        cast(row_number() over (
            partition by school_year order by school_code, joined_month, teacher_tail, teacher_key
        ) as integer) as ordinal,
        school_code,
        teacher_tail,
        stage,
        subject,
        subject_group,
        joined_month,
        cast(floor(datediff('month', joined_month, first_day) / 12) as integer) as tenure_years,
        is_backbone,
        is_exchanged,
        not is_eligible_by_rule as is_newly_eligible
    from coming
    where is_eligible_next
)

select * from final
