with

landed as (
    {{ live_rows('satisfaction') }}
),

final as (
    select
        cast(school_year as integer) as school_year,
        respondents,
        {{ normal_name('school_ref') }} as school_ref,
        consortium_code,
        cast(issued as double) as issued,
        cast(responses as double) as responses,
        cast(satisfied as double) as satisfied,
        {{ provenance_columns() }}
    from landed
    qualify row_number() over (
            partition by school_year, respondents, school_ref, consortium_code
            order by import_seq desc, file_name asc, sheet_name asc, row_number asc
        ) = 1
)

select * from final
