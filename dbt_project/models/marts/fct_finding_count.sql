with

issues as (
    select * from {{ ref('fct_data_issue') }}
),

final as (
    select
        coalesce(school_year, 0) as school_year,
        rule_code,
        severity,
        cast(count(case when is_waived is not true then 1 end) as integer) as open_findings,
        cast(count(case when is_waived then 1 end) as integer) as waived_findings,
        cast(count(distinct school_code) as integer) as schools
    from issues
    group by coalesce(school_year, 0), rule_code, severity
)

select * from final
