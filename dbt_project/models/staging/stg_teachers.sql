with

landed as (
    {{ live_rows('teachers') }}
),

final as (
    select
        cast(school_year as integer) as school_year,
        md5(teacher_id) as teacher_key,
        right(teacher_id, 4) as teacher_tail,
        {{ normal_name('school_ref') }} as school_ref,
        stage,
        cast(is_full_time as boolean) as is_full_time,
        education,
        title,
        backbone_level,
        {{ normal_name('subject') }} as subject,
        cast(birth_month as date) as birth_month,
        cast(joined_month as date) as joined_month,
        cast(has_certificate as boolean) as has_certificate,
        cast(training_hours_5y as double) as training_hours_5y,
        duty_status,
        {{ normal_name('certificate_subject') }} as certificate_subject,
        {{ normal_name('exchange_school_ref') }} as exchange_school_ref,
        cast(exchange_start as date) as exchange_start,
        cast(exchange_end as date) as exchange_end,
        {{ normal_name('support_school_ref') }} as support_school_ref,
        {{ provenance_columns() }}
    from landed
)

select * from final
